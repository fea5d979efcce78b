"""Survey answers: what is asked, how a file of answers is read and checked, and how answers are kept."""
