"""Orders, what follows from them, and commands to the marketplace's systems."""

from tratativa.orders.models.retail import Invoice, Lookup, Milestone, Rupture
from tratativa.orders.models.sales import Command, Line, Order, Payout, Return, Voucher

__all__ = ["Command", "Invoice", "Line", "Lookup", "Milestone", "Order", "Payout", "Return", "Rupture", "Voucher"]
