import { Pool } from "pg";

export const pool = new Pool({ max: Number(process.env.PG_MAX ?? 10), connectionTimeoutMillis: 2000 });

export async function order(id: string) {
  const client = await pool.connect();
  try {
    return await client.query("select 1", [id]);
  } finally {
    client.release();
  }
}
