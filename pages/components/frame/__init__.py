"""The frame of every page: navigation, controls, style, what the browser keeps, charts in other pages."""
