package dev.poolwright.scan.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Value;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodePoolsTest {

    @TempDir
    Path root;

    private static Map<String, Object> settings(DeclaredPool pool) {
        Map<String, Object> known = new TreeMap<>();
        pool.settings().forEach((key, value) -> known.put(key, value.single().orElse("?")));
        return known;
    }

    @Test
    void poolIsReadThroughSpreadsAndImportsAndSchemas() throws Exception {
        DeclaredPool pool = new NodeTree(root)
                .with("src/config.js", """
                        import convict from 'convict';
                        const SCHEMA = { db: { max: { format: 'nat', default: 40, env: 'DB_MAX' } } };
                        export function load() {
                          const configuration = convict(SCHEMA);
                          return configuration.getProperties();
                        }
                        export const CONFIG = load();
                        """)
                .with("src/db.js", """
                        import { CONFIG } from './config.js';
                        import pg from 'pg';
                        const { Pool } = pg.native || pg;
                        const common = { idleTimeoutMillis: 60 * 1000, connectionTimeoutMillis: 2_000 };
                        export const pool = new Pool({ max: CONFIG.db.max, ...common });
                        """)
                .pool();
        assertThat(pool.name()).isEqualTo("src/db.js#pool");
        assertThat(pool.stack().library()).isEqualTo("pg");
        assertThat(pool.scope()).isEqualTo(Scope.PROCESS);
        assertThat(settings(pool))
                .isEqualTo(Map.of("max", 40L, "idleTimeoutMillis", 60_000L, "connectionTimeoutMillis", 2_000L));
        assertThat(requireNonNull(pool.settings().get("max")).origin().toString())
                .startsWith("src/config.js:2");
        assertThat(pool.settings().get("max").trail()).isNotEmpty();
    }

    @Test
    void environmentVariablesKeepTheCodesDefault() throws Exception {
        DeclaredPool pool = new NodeTree(root).with("db.ts", """
                        import { Pool } from 'pg';
                        export const pool = new Pool({
                          max: parseInt(process.env.DB_MAX ?? '12', 10),
                          min: Number(process.env.DB_MIN) || 2,
                          connectionTimeoutMillis: process.env.NODE_ENV === 'production' ? 5000 : 1000,
                          maxUses: process.env.DB_USES,
                        });
                        """).pool();
        assertThat(requireNonNull(pool.settings().get("max")).single()).contains(12L);
        assertThat(requireNonNull(pool.settings().get("min")).single()).contains(2L);
        assertThat(requireNonNull(pool.settings().get("connectionTimeoutMillis"))
                        .possible())
                .containsExactly(5000L, 1000L);
        assertThat(pool.settings().get("maxUses")).isInstanceOf(Value.Unknown.class);
    }

    @Test
    void settingOfAnotherLibraryIsSaidToBeInert() throws Exception {
        assertThat(new NodeTree(root).with("db.js", """
                                const { Pool } = require('pg');
                                module.exports = new Pool({ connectionLimit: 50 });
                                """).all(IdleSetting.class))
                .extracting(IdleSetting::key)
                .containsExactly("connectionLimit");
    }

    @Test
    void urlIsShownWithoutItsSecrets() throws Exception {
        NodeTree tree = new NodeTree(root).with("db.js", """
                        const postgres = require('postgres');
                        const sql = postgres('postgres://app:s3cr3t-word@db.internal:5432/shop?sslmode=require', { max: 7, prepare: false });
                        """);
        assertThat(settings(tree.pool())).isEqualTo(Map.of("max", 7L, "prepare", false));
        assertThat(tree.all(DatabaseUrl.class))
                .extracting(DatabaseUrl::password)
                .containsExactly(DatabaseUrl.Password.LITERAL);
        assertThat(tree.facts().toString()).doesNotContain("s3cr3t-word");
    }

    @Test
    void prismaReadsTheParametersOfItsUrl() throws Exception {
        DeclaredPool pool = new NodeTree(root).with("src/db.ts", """
                        import { PrismaClient } from '@prisma/client';
                        const url = 'postgresql://a:b@db/shop?connection_limit=5&pool_timeout=2';
                        export const prisma = globalThis.prisma ?? new PrismaClient({ datasourceUrl: url });
                        """).pool();
        assertThat(settings(pool)).isEqualTo(Map.of("connection_limit", 5L, "pool_timeout", 2L));
        assertThat(pool.scope()).isEqualTo(Scope.PROCESS);
    }

    @Test
    void withAnAdapterThePrismaUrlSaysNothingOfThePool() throws Exception {
        NodeTree tree = new NodeTree(root).with("src/db.ts", """
                        import { PrismaClient } from '../generated/prisma/client';
                        import { PrismaPg } from '@prisma/adapter-pg';
                        const adapter = new PrismaPg({ connectionString: 'postgresql://a:b@db/shop?connection_limit=5', max: 20 });
                        export const prisma = new PrismaClient({ adapter });
                        """);
        assertThat(settings(tree.pool())).isEqualTo(Map.of("max", 20L));
        assertThat(tree.all(IdleSetting.class)).extracting(IdleSetting::key).containsExactly("connection_limit");
    }

    @Test
    void anAdapterOverAPoolThatAnotherFunctionMakesIsThatPool() throws Exception {
        NodeTree tree = new NodeTree(root).with("src/db.ts", """
                        import { PrismaClient } from '@prisma/client';
                        import { makeAdapter } from './adapter';
                        const made = process.env.NATIVE ? makeAdapter(process.env.URL, 9) : undefined;
                        export const prisma = new PrismaClient({ adapter: made.adapter, log: ['warn'] });
                        """).with("src/adapter.ts", """
                        import { Pool } from 'pg';
                        import { PrismaPg } from '@prisma/adapter-pg';
                        export function makeAdapter(connectionString: string, max: number) {
                          const pool = new Pool({ connectionString, max: 9, connectionTimeoutMillis: 2000 });
                          return { adapter: new PrismaPg(pool), pool };
                        }
                        """);
        assertThat(tree.pool().stack().library()).isEqualTo("pg");
    }

    @Test
    void anAdapterThatAFunctionMakesOfAUrlIsOnePoolWithItsOptions() throws Exception {
        NodeTree tree = new NodeTree(root).with("src/db.ts", """
                        import { PrismaClient } from '@prisma/client';
                        import { PrismaPg } from '@prisma/adapter-pg';
                        function makeAdapter(url: string) {
                          if (!url) { return null; }
                          return new PrismaPg({ connectionString: url, max: 12 });
                        }
                        export const prisma = new PrismaClient({ adapter: makeAdapter(process.env.URL) });
                        """);
        assertThat(settings(tree.pool())).isEqualTo(Map.of("max", 12L));
    }

    @Test
    void aTypeOfTheSameNameDoesNotHideTheClient() throws Exception {
        NodeTree tree = new NodeTree(root).with("src/prisma.ts", """
                        import { PrismaClient as Generated } from '../generated/client';
                        export const PrismaClient = Generated;
                        export type PrismaClient<T extends string = never> = Generated<T>;
                        """).with("src/db.ts", """
                        import { PrismaClient } from './prisma';
                        const make = (): PrismaClient => new PrismaClient({ datasourceUrl: process.env.URL });
                        export const prisma: PrismaClient = globalThis.prisma ?? make();
                        """);
        assertThat(tree.pool().origin().file()).isEqualTo("src/db.ts");
    }

    @Test
    void aPackageOfTestContainersIsATest() throws Exception {
        assertThat(new NodeTree(root)
                        .with("internal/testcontainers/src/index.ts", """
                                import { Pool } from 'pg';
                                export const pool = new Pool({ max: 3 });
                                """)
                        .pool()
                        .place())
                .isEqualTo(Place.TEST);
    }

    @Test
    void ofKnexsTwoLimitsTheLowerCounts() throws Exception {
        NodeTree tree = new NodeTree(root).with("knexfile.js", """
                        module.exports = {
                          development: { client: 'pg', pool: { min: 1, max: 2 } },
                          production: { client: 'pg', acquireConnectionTimeout: 10000, pool: { min: 0, max: 30, acquireTimeoutMillis: 60000 } },
                        };
                        """).with("src/db.js", """
                        const knex = require('knex');
                        const settings = require('../knexfile');
                        module.exports = knex(settings[process.env.NODE_ENV || 'development']);
                        """);
        assertThat(settings(tree.pool())).isEqualTo(Map.of("min", 0L, "max", 30L, "acquireConnectionTimeout", 10_000L));
        assertThat(tree.all(IdleSetting.class))
                .extracting(IdleSetting::key)
                .containsExactly("pool.acquireTimeoutMillis");
    }

    @Test
    void typeOrmsExtraTakesThePlaceOfPoolSize() throws Exception {
        NodeTree tree = new NodeTree(root).with("src/app.module.ts", """
                        import { TypeOrmModule } from '@nestjs/typeorm';
                        @Module({ imports: [TypeOrmModule.forRootAsync({
                          inject: [ConfigService],
                          useFactory: (config: ConfigService) => ({
                            type: 'postgres', poolSize: 5, extra: { max: config.get<number>('DB_POOL', 25) },
                          }),
                        })] })
                        export class AppModule {}
                        """);
        assertThat(settings(tree.pool())).isEqualTo(Map.of("extra.max", 25L));
        assertThat(tree.all(IdleSetting.class)).extracting(IdleSetting::key).containsExactly("poolSize");
    }

    @Test
    void sequelizeAndMysqlAreRead() throws Exception {
        NodeTree tree = new NodeTree(root).with("a.js", """
                        const { Sequelize } = require('sequelize');
                        const db = new Sequelize('shop', 'u', 'p', { dialect: 'postgres', pool: { max: 9, acquire: 3000 } });
                        """).with("b.js", """
                        import mysql from 'mysql2/promise';
                        export const db = mysql.createPool({ host: 'db', connectionLimit: 8, acquireTimeout: 1000 });
                        """);
        assertThat(tree.all(DeclaredPool.class))
                .extracting(NodePoolsTest::settings)
                .containsExactly(Map.of("max", 9L, "acquire", 3000L), Map.of("connectionLimit", 8L));
        assertThat(tree.all(IdleSetting.class)).extracting(IdleSetting::key).containsExactly("acquireTimeout");
    }

    @Test
    void branchesThatFillOneVariableMakeOnePool() throws Exception {
        assertThat(settings(new NodeTree(root).with("db.js", """
                                const { Pool } = require('pg');
                                let pool;
                                if (process.env.DATABASE_URL) {
                                  pool = new Pool({ connectionString: process.env.DATABASE_URL });
                                } else {
                                  pool = new Pool({ host: 'localhost', max: 4 });
                                }
                                module.exports = pool;
                                """).pool())).isEqualTo(Map.of("max", 4L));
    }

    @Test
    void embeddedDatabasesHaveNoPool() throws Exception {
        assertThat(new NodeTree(root)
                        .with("a.js", "const knex = require('knex')({ client: 'better-sqlite3', pool: { max: 1 } });\n")
                        .with(
                                "b.js",
                                "const { Sequelize } = require('sequelize');\nnew Sequelize({ dialect: 'sqlite' });\n")
                        .all(DeclaredPool.class))
                .isEmpty();
    }

    @Test
    void poolInARequestHandlerIsMadeByEachCall() throws Exception {
        assertThat(new NodeTree(root).with("src/server.js", """
                                const { Pool } = require('pg');
                                app.get('/users', async (req, res) => {
                                  const pool = new Pool();
                                  const found = await pool.query('select 1');
                                  res.json(found.rows);
                                });
                                """).shapes(Shape.POOL_PER_CALL))
                .containsExactly("3 new Pool()");
    }

    @Test
    void poolOfAnObjectIsMadeByEachCallThatMakesTheObject() throws Exception {
        NodeTree tree = new NodeTree(root)
                .with("package.json", "{}")
                .with("src/accounts.ts", """
                import { Pool } from 'pg';
                export class Accounts {
                  constructor(key) { this.pool = new Pool(); }
                  find() { return this.pool.query('select 1'); }
                }
                """)
                .with("src/login.ts", """
                import { Accounts } from './accounts';
                export async function login(key) {
                  const accounts = new Accounts(key);
                  return [await accounts.find(), accounts];
                }
                """);
        assertThat(tree.with("src/server.ts", """
                                import { login } from './login';
                                export async function answer(request) {
                                  const [user, accounts] = await login(request.key);
                                  return accounts.find();
                                }
                                """).shapes(Shape.POOL_PER_CALL)).containsExactly("3 new Pool()");
        assertThat(tree.with("src/server.ts", """
                                import { login } from './login';
                                let kept;
                                export async function answer(request) {
                                  const [user, accounts] = await login(request.key);
                                  kept = accounts;
                                }
                                """).shapes(Shape.POOL_PER_CALL)).isEmpty();
    }

    @Test
    void poolThatIsKeptIsMadeOnce() throws Exception {
        assertThat(new NodeTree(root).with("src/db.ts", """
                                import { Pool } from 'pg';
                                let pool;
                                export function getPool() {
                                  if (!pool) { pool = new Pool(); }
                                  return pool;
                                }
                                export const make = () => new Pool();
                                async function main() {
                                  const own = new Pool();
                                  await own.query('select 1');
                                }
                                main();
                                class Store {
                                  constructor() { this.pool = new Pool(); }
                                }
                                export async function once() {
                                  const own = new Pool();
                                  try { await own.query('select 1'); } finally { await own.end(); }
                                }
                                """).shapes(Shape.POOL_PER_CALL))
                .isEmpty();
    }
}
