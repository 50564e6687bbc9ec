package dev.poolwright.files.catalogue;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Nearest;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tiers of one product and engine: named ones, and a rule by memory, which is either a table or bytes for each connection.
 *
 * @param named connections by tier name
 * @param table from a memory size in GB upwards, ascending
 * @param bytesPerConnection for each connection one; 0 where there is a table
 * @param most upper bound of the formula
 */
record Family(
        String name,
        String engine,
        Map<String, Integer> named,
        List<Row> table,
        long bytesPerConnection,
        int most,
        Reserved reserved,
        Trail trail) {

    private static final Pattern MEMORY = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,3})?)(GB|GiB)");
    private static final double BYTES_OF_GIB = 1024.0 * 1024 * 1024;
    private static final double SMALLEST_GB = 0.25;
    private static final double LARGEST_GB = 24_576;
    private static final Form<Double> GB = new Form<>("a number with GB", text -> gigabytes(text));

    /** Connections from so much memory upwards. */
    record Row(double fromGb, int connections) {}

    /** What applications cannot have, at least and at most. */
    record Reserved(int low, int high) {}

    /** Where the figures are from, when they were read and how sure they are. */
    record Trail(String formula, String source, String asOf, String confidence) {
        @Override
        public String toString() {
            return source + ", as of " + asOf + " (" + confidence + "): " + formula;
        }
    }

    static Family read(Section section) {
        Map<String, Integer> named = new LinkedHashMap<>();
        section.child("named")
                .namedValues(Forms.count(1, Forms.MOST))
                .forEach((name, value) -> named.put(name, value.or(1)));
        List<Row> table = new ArrayList<>();
        for (Section row : section.items("table")) {
            table.add(new Row(row.need("from", GB, 0.0), row.need("connections", Forms.count(1, Forms.MOST), 1)));
            row.done();
        }
        List<Integer> reserved = section.words("reserved", Forms.count(0, 100));
        Family family = new Family(
                section.need("name", Forms.TEXT, ""),
                section.need("engine", Forms.TEXT, ""),
                named,
                table,
                section.get("bytes_per_connection", Forms.count(1, Integer.MAX_VALUE), 0),
                section.get("most", Forms.count(1, Forms.MOST), Forms.MOST),
                new Reserved(reserved.get(0), reserved.get(reserved.size() - 1)),
                new Trail(
                        section.need("formula", Forms.TEXT, ""),
                        section.need("source", Forms.TEXT, ""),
                        section.need("as_of", Forms.TEXT, ""),
                        section.need("confidence", Forms.TEXT, "")));
        section.done();
        return family;
    }

    Catalogue.Tier tier(String text, String last) throws Unreadable {
        Integer known = named.get(last);
        Value<Integer> connections = known != null ? stated(known) : byMemory(last);
        Value<Integer> kept = reserved.low() == reserved.high()
                ? stated(reserved.low())
                : new Value.Between<>(reserved.low(), reserved.high(), trail.toString(), Origin.NONE);
        return new Catalogue.Tier(text, engine, connections, kept);
    }

    private Value<Integer> stated(int connections) {
        return new Value.Default<>(connections, name, trail.toString());
    }

    private Value<Integer> byMemory(String last) throws Unreadable {
        if (!MEMORY.matcher(last).matches()) {
            String near = Nearest.to(last, named.keySet())
                    .orElse(named.isEmpty() ? "3.75GB" : String.join(" or ", named.keySet()));
            throw new Unreadable("no such tier", "write " + name + "/" + near + ", or a memory size such as 3.75GB");
        }
        if (table.isEmpty() && bytesPerConnection == 0) {
            throw new Unreadable(
                    "no rule by memory for this product", "write " + name + "/" + String.join(" or ", named.keySet()));
        }
        double memory = gigabytes(last);
        if (bytesPerConnection > 0) {
            return byFormula(memory);
        }
        Row row = table.get(0);
        for (Row next : table) {
            row = next.fromGb() <= memory ? next : row;
        }
        return stated(row.connections());
    }

    /**
     * The formula counts less memory than the nominal size, because the system and the provider's own programs take some; observed
     * was 85 % of the formula's answer at 2 GiB and 71 % at 1 GiB. So the answer is a range.
     */
    private Value<Integer> byFormula(double memory) {
        int high = (int) Math.min(most, memory * BYTES_OF_GIB / bytesPerConnection);
        if (high == most) {
            return stated(most);
        }
        int low = (int) (high * (memory < 2 ? 0.71 : 0.85));
        return new Value.Between<>(low, high, trail.toString(), Origin.NONE);
    }

    private static double gigabytes(String text) throws Unreadable {
        Matcher matcher = MEMORY.matcher(text);
        if (!matcher.matches()) {
            throw new Unreadable("not a memory size", "write for example 3.75GB");
        }
        double memory = Double.parseDouble(matcher.group(1));
        if (memory < SMALLEST_GB || memory > LARGEST_GB) {
            throw new Unreadable("no such memory size", "write 0.25GB to 24576GB");
        }
        return memory;
    }
}
