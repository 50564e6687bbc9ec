const express = require('express');
const { pool } = require('./db');

const app = express();

app.get('/orders', async (request, response, next) => {
  try {
    const found = await pool.query('SELECT * FROM orders LIMIT 50');
    response.json(found.rows);
  } catch (error) {
    next(error);
  }
});

app.listen(process.env.PORT || 8080);
