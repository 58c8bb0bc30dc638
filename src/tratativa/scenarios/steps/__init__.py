"""What happens in a story: parties act through the same functions as the pages, and time passes."""
