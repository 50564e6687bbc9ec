import os

POOL_SIZE = int(os.environ.get("DB_POOL_SIZE", "10"))
DATABASE_URL = os.environ["DATABASE_URL"]
