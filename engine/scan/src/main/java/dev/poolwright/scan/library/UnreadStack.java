package dev.poolwright.scan.library;

import dev.poolwright.scan.tree.Language;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stack that no reader knows yet: how to see that it is there, and that it talks to a database. */
enum UnreadStack {
    GO(
            "Go",
            Language.GO,
            "jackc/pgx=pgx",
            "lib/pq",
            "go-sql-driver/mysql=database/sql",
            "gorm.io/=gorm",
            "jmoiron/sqlx=sqlx",
            "entgo.io/ent=ent",
            "uptrace/bun=bun",
            "mattn/go-sqlite3=database/sql",
            "go-pg/pg=go-pg"),
    RUBY(
            "Ruby",
            Language.RUBY,
            "\"rails\"=ActiveRecord",
            "'rails'=ActiveRecord",
            "activerecord=ActiveRecord",
            "\"pg\"=pg",
            "'pg'=pg",
            "'mysql2'=mysql2",
            "\"mysql2\"=mysql2",
            "'sequel'=sequel",
            "\"sequel\"=sequel"),
    ELIXIR("Elixir", Language.ELIXIR, ":ecto_sql=Ecto", ":postgrex=Postgrex", ":myxql=MyXQL"),
    DOTNET(
            ".NET",
            Language.CSHARP,
            "Npgsql",
            "EntityFrameworkCore=Entity Framework Core",
            "Dapper",
            "MySqlConnector",
            "System.Data.SqlClient=SqlClient",
            "Microsoft.Data.SqlClient=SqlClient"),
    PHP(
            "PHP",
            Language.PHP,
            "laravel/framework=Laravel",
            "doctrine/dbal=Doctrine",
            "doctrine/orm=Doctrine",
            "illuminate/database=Laravel",
            "doctrine/doctrine-bundle=Doctrine"),
    RUST("Rust", Language.RUST, "sqlx", "diesel", "tokio-postgres", "deadpool-postgres", "sea-orm");

    private final String title;
    private final Language language;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
    private final Map<String, String> libraries;

    /** @param words that its build files hold, and behind {@code =} what we call the library where it is not that word */
    UnreadStack(String title, Language language, String... words) {
        this.title = title;
        this.language = language;
        Map<String, String> byWord = new TreeMap<>();
        for (String word : words) {
            int sign = word.indexOf('=');
            byWord.put(sign < 0 ? word : word.substring(0, sign), word.substring(sign + 1));
        }
        this.libraries = Collections.unmodifiableMap(byWord);
    }

    String title() {
        return title;
    }

    Language language() {
        return language;
    }

    /** The names of the libraries that a line of a build file declares. */
    List<String> declaredIn(String line) {
        return libraries.entrySet().stream()
                .filter(one -> line.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }

    List<String> names() {
        return libraries.values().stream().distinct().sorted().toList();
    }
}
