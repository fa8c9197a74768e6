"""The main window, its menus and bars, and how many windows are open."""
