"""What breaks, as it really breaks: real servers, real sockets, and a caller on the line. docs/faults.md lists it."""
