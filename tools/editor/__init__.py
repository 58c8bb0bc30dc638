"""The studio's code editor, bundled from its npm packages."""
