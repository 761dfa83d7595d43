#!/usr/bin/env bash
# Expected: a calibration error compares mean forecasts with frequencies, whatever the order of the rows; the largest
# error of a bin is no smaller than the mean over the bins; the Brier score of a class is the mean over its own rows.
# Seen: R's CalibratR sorts the forecasts and cuts them into bins of equal number. Equal forecasts keep the order of the
# rows and are cut apart: a constant forecast of 1/2 for as many ones as zeros has the error 0.5, the worst there is, if
# the rows are sorted by label, and 0 if they alternate. MCE is the largest of error times share, so it is at most the
# ECE and shrinks with more bins: 0.04 where each of ten bins is off by 0.4. The Brier scores by class are divided by
# the number of all rows: the worst possible forecast for the one case in a hundred has 0.01 instead of 1.
# Why it matters: data sorted by class and a model with few distinct forecasts (a tree, a rounded score) are common, and
# the same forecasts are perfect or worthless by the order of a file.
# Versions: CalibratR 0.1.2 (r-cran-calibratr 0.1.2-2 of Debian 12), R 4.2.2, which must be there. Output seen:
# constant 1/2: ECE 0.50 sorted, 0.00 alternating; ten bins off by 0.4: ECE 0.40, MCE 0.04
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    r-cran-calibratr | grep -E '^r-cran-' | sort -u | sed 's/^r-cran-calibratr$/&=0.1.2-2/' >packages
xargs apt-get download -qq <packages
for package in *.deb; do dpkg -x "$package" root; done
cat >errors.R <<'R'
library(CalibratR)
stopifnot(packageVersion("CalibratR") == "0.1.2", startsWith(find.package("CalibratR"), getwd()))

# Half ones, half zeros, each forecast with 1/2: sorted by label, and in turn.
sorted <- rep(0:1, each = 50)
turns <- rep(0:1, 50)
errors <- c(getECE(sorted, rep(0.5, 100)), getECE(turns, rep(0.5, 100)))
cat(sprintf("constant 1/2: ECE %.2f sorted, %.2f alternating (expected 0 and 0)\n", errors[1], errors[2]))
stopifnot(abs(errors[1] - 0.5) < 1e-9, abs(errors[2]) < 1e-9)

# A forecast of two values only, each of them calibrated.
forecast <- rep(c(0.25, 0.75), each = 200)
label <- c(rep(0:1, c(150, 50)), rep(0:1, c(50, 150)))
set.seed(1)
found <- c(getECE(label, forecast), range(replicate(20, { i <- sample(400); getECE(label[i], forecast[i]) })))
cat(sprintf("forecasts 1/4 and 3/4, calibrated: ECE %.3f sorted, %.3f to %.3f shuffled (expected 0)\n", found[1], found[2], found[3]))
stopifnot(found[1] > 0.3, found[2] > 0.01, found[3] < 0.1)

# Each bin is off by 0.4.
for (bins in c(10, 20)) {
    forecast <- rep(ifelse(1:bins <= bins / 2, 0.1, 0.5) + 1:bins / 1000, each = 1000)
    frequency <- rep(ifelse(1:bins <= bins / 2, 0.5, 0.9) + 1:bins / 1000, each = 1000)
    label <- as.numeric(rep(1:1000, bins) <= 1000 * frequency + 1e-6)
    ece <- getECE(label, forecast, bins)
    mce <- getMCE(label, forecast, bins)
    cat(sprintf("%d bins, each off by 0.4: ECE %.4f, MCE %.4f (expected 0.4, 0.4)\n", bins, ece, mce))
    stopifnot(abs(ece - 0.4) < 1e-6, abs(mce - 0.4 / bins) < 1e-6)
}

# One case in a hundred, for certain taken for none; the others are right.
scores <- reliability_diagramm(rep(0:1, c(99, 1)), rep(c(0.01, 0), c(99, 1)), plot_rd = FALSE)$calibration_error
cat(sprintf("the case missed for certain: Brier score of its class %.4f (expected 1)\n", scores$brier_class_1))
stopifnot(abs(scores$brier_class_1 - 0.01) < 1e-9)
R
R_LIBS="$tmp/root/usr/lib/R/site-library" R_LIBS_USER='' Rscript errors.R
