"""Settings, addresses, what the web server serves, and jobs of the installation itself."""
