"""Reading other formats, and files whose metadata is damaged, in a process of its own."""
