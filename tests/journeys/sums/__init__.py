"""What the stories of adds_up stand on: the houses' tables, the books, and what is worked out of them."""
