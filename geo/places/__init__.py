"""What is known of a borough, an ICS, a border, and what the 2022 report says of them."""
