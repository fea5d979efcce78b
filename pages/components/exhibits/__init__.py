"""What is shown can be taken away: kinds of exhibits, drawing, downloads and the clipboard."""
