"""``python -m crmplan``."""

from crmplan.cli import main

if __name__ == "__main__":
    main()
