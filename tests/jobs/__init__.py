"""The jobs of whoever runs a line, done as they do them: in a browser, on a line as it is deployed, and then a call."""
