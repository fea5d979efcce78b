"""Where families live and where the doors are: distance with the river, reach, and what borders cost."""
