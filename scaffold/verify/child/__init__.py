"""The process that imports Keras and runs the candidates."""
