package dev.poolwright.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells, aligned: the first columns to the left, the others to the right. The last cell of a row that is shorter than
 * others moves nothing. Not thread-safe.
 */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final int leftColumns;

    Table(int leftColumns) {
        this.leftColumns = leftColumns;
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        int longest = rows.stream().mapToInt(List::size).max().orElse(0);
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                boolean open = column == row.size() - 1 && row.size() < longest;
                int width = open ? 0 : row.get(column).length();
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(widths.get(column), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String pad = " ".repeat(Math.max(0, widths.get(column) - cell.length()));
            line.append(column == 0 ? "" : "  ").append(column < leftColumns ? cell + pad : pad + cell);
        }
        return line.toString().stripTrailing();
    }
}
