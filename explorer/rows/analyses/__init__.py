"""What rows say: each analysis a query with a small answer."""
