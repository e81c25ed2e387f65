"""The smallest click program there is: what any command line costs that uses click."""

import click


@click.group()
def cli() -> None:
    """Do one thing."""


@cli.command()
def one() -> None:
    """Do it."""


if __name__ == "__main__":
    cli()
