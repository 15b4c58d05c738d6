"""一页纸, a module for each of its panels, and the figures that they take."""
