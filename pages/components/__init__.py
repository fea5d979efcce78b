"""What the pages share: the view in the link, words, pictures, tables and colours."""
