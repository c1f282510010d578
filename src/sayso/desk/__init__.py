"""What a desk does, once for command line, web and assistants: add, link, review, weigh, find, diff over a store."""
