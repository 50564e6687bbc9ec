package dev.poolwright.model.fleet;

/**
 * What a pool connects to, written {@code to: main/shop} or {@code to: main/shop as app}.
 *
 * @param at name of a server or of a pooler
 * @param database logical database; empty when the server holds only one
 * @param role database role; empty when it does not matter
 */
public record Target(String at, String database, String role) {

    @Override
    public String toString() {
        return at + (database.isEmpty() ? "" : "/" + database) + (role.isEmpty() ? "" : " as " + role);
    }
}
