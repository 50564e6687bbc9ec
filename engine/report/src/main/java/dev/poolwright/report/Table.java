package dev.poolwright.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, aligned: the first column to the left, the others to the right. Not thread-safe. */
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
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).length();
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
            String pad = " ".repeat(widths.get(column) - cell.length());
            line.append(column == 0 ? "" : "  ").append(column < leftColumns ? cell + pad : pad + cell);
        }
        return line.toString().stripTrailing();
    }
}
