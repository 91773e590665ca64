"""Write the API of the installed Keras as JSON."""
