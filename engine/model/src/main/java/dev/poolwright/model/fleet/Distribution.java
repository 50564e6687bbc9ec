package dev.poolwright.model.fleet;

import dev.poolwright.policy.Draws;
import java.time.Duration;
import java.util.List;

/** How long something takes. Every kind is drawn from addressed draws, so the n-th value is the same wherever it is asked. */
public sealed interface Distribution
        permits Distribution.Constant,
                Distribution.Exponential,
                Distribution.Lognormal,
                Distribution.Uniform,
                Distribution.Measured {

    static Distribution constant(Duration value) {
        return new Constant(value);
    }

    /** The index-th value in nanoseconds, never negative. */
    long nanos(Draws.Stream draws, long index);

    double meanNanos();

    /** The same shape with every value multiplied. */
    Distribution times(double factor);

    private static Duration times(Duration value, double factor) {
        return Duration.ofNanos(Math.round(value.toNanos() * factor));
    }

    /** Always the same. */
    record Constant(Duration value) implements Distribution {
        @Override
        public long nanos(Draws.Stream draws, long index) {
            return value.toNanos();
        }

        @Override
        public double meanNanos() {
            return value.toNanos();
        }

        @Override
        public Distribution times(double factor) {
            return new Constant(Distribution.times(value, factor));
        }
    }

    /** Memoryless, with this mean. */
    record Exponential(Duration mean) implements Distribution {
        @Override
        public long nanos(Draws.Stream draws, long index) {
            return Math.round(draws.exponential(index) * mean.toNanos());
        }

        @Override
        public double meanNanos() {
            return mean.toNanos();
        }

        @Override
        public Distribution times(double factor) {
            return new Exponential(Distribution.times(mean, factor));
        }
    }

    /**
     * Lognormal with this mean and 99th percentile. With sigma the deviation of the logarithm and z = 2.3263 the normal's
     * 99th percentile, p99 / mean = exp(z sigma - sigma²/2), so sigma = z - sqrt(z² - 2 ln(p99 / mean)); the smaller root is
     * meant. The ratio can be at most exp(z²/2) = 14.97.
     */
    record Lognormal(Duration mean, Duration p99) implements Distribution {

        private static final double Z99 = 2.3263478740408408;

        public Lognormal {
            double ratio = (double) p99.toNanos() / mean.toNanos();
            if (!(ratio >= 1) || Z99 * Z99 - 2 * StrictMath.log(ratio) < 0) {
                throw new IllegalArgumentException("lognormal: p99 = " + p99 + " with mean = " + mean
                        + ": p99 must be from 1 to 14.9 times the mean");
            }
        }

        private double sigma() {
            double ratio = (double) p99.toNanos() / mean.toNanos();
            return Z99 - StrictMath.sqrt(Z99 * Z99 - 2 * StrictMath.log(ratio));
        }

        @Override
        public long nanos(Draws.Stream draws, long index) {
            double sigma = sigma();
            return Math.round(mean.toNanos() * StrictMath.exp(sigma * draws.normal(index) - sigma * sigma / 2));
        }

        @Override
        public double meanNanos() {
            return mean.toNanos();
        }

        @Override
        public Distribution times(double factor) {
            return new Lognormal(Distribution.times(mean, factor), Distribution.times(p99, factor));
        }
    }

    /** Anything from low to high. */
    record Uniform(Duration low, Duration high) implements Distribution {
        public Uniform {
            if (high.compareTo(low) < 0) {
                throw new IllegalArgumentException("uniform: high = " + high + ": must not be below low = " + low);
            }
        }

        @Override
        public long nanos(Draws.Stream draws, long index) {
            return low.toNanos() + Math.round(draws.uniform(index) * (high.toNanos() - low.toNanos()));
        }

        @Override
        public double meanNanos() {
            return (low.toNanos() + high.toNanos()) / 2.0;
        }

        @Override
        public Distribution times(double factor) {
            return new Uniform(Distribution.times(low, factor), Distribution.times(high, factor));
        }
    }

    /**
     * Measured quantiles, evenly spaced from the smallest to the largest value; between two of them linear.
     *
     * @param quantilesNanos at least two, ascending
     */
    record Measured(String source, List<Long> quantilesNanos) implements Distribution {
        public Measured {
            quantilesNanos = List.copyOf(quantilesNanos);
            if (quantilesNanos.size() < 2) {
                throw new IllegalArgumentException("measured " + source + ": needs at least two quantiles");
            }
            for (int i = 1; i < quantilesNanos.size(); i++) {
                if (quantilesNanos.get(i) < quantilesNanos.get(i - 1)) {
                    throw new IllegalArgumentException("measured " + source + ": quantiles must ascend");
                }
            }
        }

        @Override
        public long nanos(Draws.Stream draws, long index) {
            double at = draws.uniform(index) * (quantilesNanos.size() - 1);
            int below = (int) at;
            long low = quantilesNanos.get(below);
            long high = quantilesNanos.get(below + 1);
            return Math.round(low + (at - below) * (high - low));
        }

        @Override
        public double meanNanos() {
            double sum = 0;
            for (int i = 1; i < quantilesNanos.size(); i++) {
                sum += (quantilesNanos.get(i) + quantilesNanos.get(i - 1)) / 2.0;
            }
            return sum / (quantilesNanos.size() - 1);
        }

        @Override
        public Distribution times(double factor) {
            return new Measured(
                    source,
                    quantilesNanos.stream().map(q -> Math.round(q * factor)).toList());
        }
    }
}
