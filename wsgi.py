"""The entry point for web servers and for the ``flask`` command."""

from dotenv import load_dotenv

from app.factory import create_app
from config import load_settings

load_dotenv()
app = create_app(load_settings())
