"""`python -m scaffold`: the same as `keras-scaffold`."""

from scaffold.cli import main

if __name__ == "__main__":
    main()
