const { Pool } = require('pg');

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 40,
  idleTimeoutMillis: 10000,
});

module.exports = { pool };
