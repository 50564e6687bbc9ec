package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import java.util.List;

public interface Rule {
    String code();

    List<Finding> check(Checked checked);
}
