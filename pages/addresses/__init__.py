"""What programs fetch by an address of its own: figures, pictures, and what describes them."""
