"""The words everything else is made of: ids, parties, facts, conditions, forms, types, problems."""
