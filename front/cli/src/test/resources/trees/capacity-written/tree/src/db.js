const { Pool } = require('pg');

const pool = new Pool({
  connectionString: "postgresql://shop@db:5432/shop",
  max: 40,
  connectionTimeoutMillis: 2000,
});

module.exports = { pool };
