const { Pool } = require('pg');

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 40,
  connectionTimeoutMillis: 2000,
});

module.exports = { pool };
