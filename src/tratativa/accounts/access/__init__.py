"""How somebody is in: sessions, a customer's way in, where requests come from, what processes share of it."""
