"""Who serves an order: routes, promises, delivery, and what pages show."""
