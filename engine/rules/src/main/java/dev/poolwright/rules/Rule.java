package dev.poolwright.rules;

import dev.poolwright.model.finding.Finding;
import java.util.List;

/** One thing that can be wrong with a fleet. Stateless; the class name begins with the code. */
public interface Rule {

    /** {@code PW010}; names the page {@code docs/rules/PW010.md} too. */
    String code();

    /** Everything of this kind that is wrong; empty when nothing is. */
    List<Finding> check(Checked checked);
}
