package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;

/** Calls that need a connection of a pool, told by how they are written. */
final class Queries {

    private static final String HANDLE =
            "(.*[.])?\\w*(pool|[dD]b|[kK]nex|[sS]equelize|[dD]ata[sS]ource|database|[pP]g|mysql|client|connection|sql|[mM]anager|orm)";
    private static final String PRISMA = "(.*[.])?\\w*[pP]risma\\w*";
    private static final String PRISMA_QUERY =
            "(findMany|findFirst|findUnique|findFirstOrThrow|findUniqueOrThrow|create|createMany|update|updateMany|upsert|delete|deleteMany|count|aggregate|groupBy)";

    private Queries() {}

    /** Whether a call asks the database something. */
    static boolean asks(SyntaxNode call) {
        if (!call.is("call_expression")) {
            return false;
        }
        String function = call.text("function").replaceAll("[\\s?!]", "");
        int dot = function.lastIndexOf('.');
        if (dot < 0 || function.length() > 120) {
            return false;
        }
        String receiver = function.substring(0, dot);
        String method = function.substring(dot + 1);
        if (method.matches("\\$(queryRaw|executeRaw|queryRawUnsafe|executeRawUnsafe|queryRawTyped)")) {
            return true;
        }
        int model = receiver.lastIndexOf('.');
        if (model > 0
                && method.matches(PRISMA_QUERY)
                && receiver.substring(0, model).matches(PRISMA)) {
            return true;
        }
        if (method.equals("authenticate")) {
            return receiver.matches("(?i).*sequelize|.*\\bdb|.*database");
        }
        if (method.equals("findByPk")) {
            return true;
        }
        return method.matches("query|raw|execute")
                && receiver.matches(HANDLE)
                && !receiver.matches("(?i).*(redis|mongo|elastic|graphql|apollo|query|search|http|api)\\w*");
    }

    /** Whether an expression is one of the calls that make the first connection. */
    static boolean connects(SyntaxNode call) {
        if (!call.is("call_expression")) {
            return false;
        }
        String function = call.text("function").replaceAll("[\\s?!]", "");
        return function.matches(".*\\w*[pP]risma\\w*\\.\\$connect")
                || function.matches("(?i)(.*[.])?\\w*(sequelize|database|\\bdb)\\w*\\.authenticate")
                || function.matches("(?i)(.*[.])?\\w*(datasource)\\w*\\.initialize")
                || function.matches("(?i)(.*[.])?\\w*pool\\.connect")
                || ((function.matches("(?i)(.*[.])?\\w*pool\\.query")
                                || function.matches("(?i)(.*[.])?\\w*(knex|\\bdb)\\.raw"))
                        && Texts.argument(call, 0)
                                .flatMap(Texts::literal)
                                .filter(text -> text.matches("(?i)\\s*select (1|now\\(\\)).*"))
                                .isPresent());
    }
}
