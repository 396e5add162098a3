"""The strict telephone, proved against tiny WSGI apps."""
