package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever Java does between the operations of a step is right in both executions. */
class ComputationTest {
    @ParameterizedTest
    @EnumSource(Execution.class)
    void countersAndIfsOfJavaDecideWhatAStepDoes(final Execution execution) {
        Computed.run(execution, c -> {
            Variable v = c.variable("v", new float[] {1}, 1);
            List<Fetched> seen = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                int number = i;
                c.step(() -> {
                    v.assign(number % 3 == 2 ? v.mul(10) : v.add(number));
                    seen.add(c.fetch(v));
                });
            }
            c.finish();

            assertThat(seen).extracting(Fetched::number).containsExactly(1f, 2f, 20f, 23f, 27f, 270f, 276f);
            assertThat(c.read(v)).containsExactly(276);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void numbersInTheMiddleOfAStepSeeWhatWasAssignedBefore(final Execution execution) {
        Computed.run(execution, c -> {
            Variable v = c.variable("v", new float[] {1, 2}, 2);
            List<Double> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                c.step(() -> {
                    seen.add(v.sum().item());
                    v.assignAdd(c.machine().full(1, 2));
                    seen.add(v.sum().item());
                    if (v.max().item() > 3.5) {
                        v.assign(v.mul(0));
                    }
                });
            }
            c.finish();

            assertThat(seen).containsExactly(3.0, 5.0, 5.0, 7.0, 0.0, 2.0);
        });
    }

    /** NaN is neither more nor less than anything, as in IEEE 754. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void comparisonsAndWhatIsMadeOfThem(final Execution execution) {
        Computed.run(execution, c -> {
            Variable v = c.variable("v", new float[] {1, 2, 3, Float.NaN}, 4);
            Variable w = c.variable("w", new float[] {2, 2, 2, 2}, 4);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                for (final Tensor condition : List.of(
                        v.ge(w),
                        v.ge(2),
                        v.le(w),
                        v.le(2),
                        v.ge(2).not(),
                        v.ge(2).and(v.le(2)),
                        v.gt(2).or(v.lt(2)),
                        v.eq(v))) {
                    seen.add(c.fetch(condition.toFloat()));
                }
            });
            c.finish();

            assertThat(seen.stream().map(Fetched::numbers))
                    .containsExactly(
                            new float[] {0, 1, 1, 0},
                            new float[] {0, 1, 1, 0},
                            new float[] {1, 1, 0, 0},
                            new float[] {1, 1, 0, 0},
                            new float[] {1, 0, 0, 1},
                            new float[] {0, 1, 0, 0},
                            new float[] {1, 0, 1, 0},
                            new float[] {1, 1, 1, 0});
        });
    }

    /** Two times two numbers, six times: such a step waits for the call of the next one, and for whoever reads meanwhile. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void aStepThatIsLeftIsDoneForWhoeverReads(final Execution execution) {
        Computed.run(execution, c -> {
            Variable v = c.variable("v", new float[] {1, -3}, 2);
            List<Float> seen = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                c.step(() -> {
                    float[] first = new float[1];
                    List<Tensor> twice = c.machine().changed(List.of(new Machine.Placed(v, 0)), 2, numbers -> {
                        numbers.put(0, 2 * numbers.get(0)).put(1, 2 * numbers.get(1));
                        first[0] = numbers.get(0);
                    });
                    v.assign(twice.get(0));
                    seen.add(c.fetch(c.machine().tensor(first, 1)).numbers()[0]);
                });
                c.leave();
                if (i == 4) {
                    assertThat(c.read(v)).containsExactly(32, -96);
                }
            }

            assertThat(seen).containsExactly(2f, 4f, 8f, 16f, 32f, 64f);
            assertThat(c.read(v)).containsExactly(64, -192);
        });
    }

    /** Three steps, each of which lets somebody change numbers twice; both are read when it ends. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatIsChangedTwiceInAStepLiesApart(final Execution execution) {
        Computed.run(execution, c -> {
            Variable v = c.variable("v", new float[] {1, 2}, 2);
            for (int i = 0; i < 3; i++) {
                c.step(() -> {
                    Tensor first = changed(c, v, numbers -> numbers.put(0, 10 * numbers.get(0)));
                    Tensor second = changed(c, first.mul(2), numbers -> numbers.put(1, 1 + numbers.get(1)));
                    v.assign(first.add(second));
                });
                c.leave();
            }

            assertThat(c.read(v)).containsExactly(27_000, 67);
        });
    }

    /** Two numbers, three in rows, and none because somebody fails; what fails changes nothing. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void otherNumbersMayBeChangedInEachStep(final Execution execution) {
        Computed.run(execution, c -> {
            Variable v = c.variable("v", new float[] {1, 2}, 2);
            Variable m = c.variable("m", new float[] {1, 2, 3}, 3, 1);
            for (int i = 0; i < 4; i++) {
                c.step(() -> v.assign(changed(c, v.mul(v), numbers -> numbers.put(0, 1 + numbers.get(0)))));
                c.leave();
                c.step(() -> m.assign(changed(c, m, numbers -> numbers.put(2, 2 * numbers.get(2)))));
                c.leave();
                assertThatThrownBy(() -> c.step(() -> v.assign(changed(c, v.mul(0), numbers -> {
                            numbers.put(0, Float.NaN);
                            throw new IllegalStateException("nobody answers");
                        }))))
                        .hasMessage("nobody answers");
            }

            assertThat(c.read(v)).containsExactly(677, 65_536); // 1, 2, 5, 26, 677
            assertThat(c.read(m)).containsExactly(1, 2, 48);
        });
    }

    /** Two tensors with room before, between and behind them, and one of them twice. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatIsChangedLiesWhereItIsWanted(final Execution execution) {
        Computed.run(execution, c -> {
            Variable v = c.variable("v", new float[] {1, 2, 3, 4}, 2, 2);
            float[] seen = new float[12];
            c.step(() -> {
                Tensor twice = v.add(v);
                Tensor columns = twice.sum(0);
                List<Machine.Placed> placed = List.of(
                        new Machine.Placed(columns, 1), new Machine.Placed(twice, 4), new Machine.Placed(columns, 9));
                List<Tensor> changed = c.machine().changed(placed, 12, numbers -> {
                    numbers.put(0, 0).put(3, 0).put(8, 0).put(11, 7).get(0, seen);
                    numbers.put(10, -1);
                });
                v.assign(changed.get(1).sub(changed.get(0)).add(changed.get(2)));
            });

            assertThat(seen).containsExactly(0, 8, 12, 0, 2, 4, 6, 8, 0, 8, 12, 7);
            assertThat(c.read(v)).containsExactly(2, -9, 6, -5);
        });
    }

    /** A product and sums; a step's own input, which lies elsewhere, is copied. */
    @Test
    void whatIsChangedIsComputedWhereItLies() {
        Computed.run(Execution.COMPILED, c -> {
            Variable v = c.variable("v", new float[] {1, 2, 3, 4}, 2, 2);
            c.step(() -> {
                Tensor product = v.matmul(v);
                List<Machine.Placed> placed = List.of(
                        new Machine.Placed(product, 0),
                        new Machine.Placed(product.sum(0), 4),
                        new Machine.Placed(v, 6));
                v.assign(c.machine().changed(placed, 10, numbers -> {}).get(0));
            });

            assertThat(c.read(v)).containsExactly(7, 10, 15, 22);
            assertThat(c.code().orElseThrow())
                    .contains("torch.mm(v, v, out=place)", "False, out=place_2)", "torch.copy_(place_3, v)");
        });
    }

    private static Tensor changed(final Computation c, final Tensor tensor, final Consumer<FloatBuffer> change) {
        return c.machine()
                .changed(List.of(new Machine.Placed(tensor, 0)), (int) tensor.size(), change)
                .get(0);
    }

    /** Such as the validation of runs that several workers share: one program for the numbers, none for the rest. */
    @Test
    void aStepThatLeavesNothingNeedsNoProgram() {
        Computed.run(Execution.COMPILED, c -> {
            Variable v = c.variable("v", new float[] {1, 2}, 2);
            List<Double> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                c.step(() -> seen.add(
                        v.add(c.machine().tensor(new float[] {number}, 1)).sum().item()));
                c.leave();
            }

            assertThat(seen).containsExactly(3.0, 5.0, 7.0);
            assertThat(c.compilations()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void variablesCanBeExchanged(final Execution execution) {
        Computed.run(execution, c -> {
            Variable a = c.variable("a", new float[] {1}, 1);
            Variable b = c.variable("b", new float[] {2}, 1);
            c.step(() -> {
                Tensor old = a.add(0);
                a.assign(b);
                b.assign(old.add(b).mul(1));
            });
            c.finish();

            assertThat(c.read(a)).containsExactly(2);
            assertThat(c.read(b)).containsExactly(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aReshapedVariableIsNotLostInACopy(final Execution execution) {
        Computed.run(execution, c -> {
            Variable m = c.variable("m", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            c.step(() -> m.assign(m.transpose().reshape(2, 3).mul(2)));
            c.finish();

            assertThat(c.read(m)).containsExactly(2, 8, 4, 10, 6, 12);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void wholeNumbersTrueAndFalseComeToJava(final Execution execution) {
        Computed.run(
                execution,
                c -> c.step(() -> {
                    Tensor x = c.machine().tensor(new float[] {3, 9, 4}, 1, 3);

                    assertThat(x.argmax(1).item()).isEqualTo(1);
                    assertThat(x.gt(3.5).toLongArray()).containsExactly(0, 1, 1);
                    assertThat(x.argmax(1).oneHot(3).toFloatArray()).containsExactly(0, 1, 0);
                    assertThat(x.slice(1, 1, 3).toFloatArray()).containsExactly(9, 4);
                }));
    }

    /** As in NumPy and Keras. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whereMakesFloatNumbersOfTwoKinds(final Execution execution) {
        Computed.run(
                execution,
                c -> c.step(() -> {
                    Tensor x = c.machine().tensor(new float[] {0.5f, 1.5f}, 2);
                    Tensor whole = c.machine().tensor(new long[] {7, 8}, 2);

                    assertThat(whole.where(x.gt(1), x).toFloatArray()).containsExactly(0.5f, 8);
                    assertThat(x.where(x.gt(1), whole).toFloatArray()).containsExactly(7, 1.5f);
                    assertThat(whole.where(x.gt(1), x.gt(0)).toFloatArray()).containsExactly(1, 8);
                    assertThat(whole.where(x.gt(1), whole.flip(0)).toLongArray())
                            .containsExactly(8, 8);
                }));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aSumOverNoAxisIsTheTensor(final Execution execution) {
        Computed.run(
                execution,
                c -> c.step(() -> {
                    Tensor x = c.machine().tensor(new float[] {1, 2, 3, 4}, 2, 2);
                    int[] none = {};

                    assertThat(x.sum(none).toFloatArray()).containsExactly(1, 2, 3, 4);
                    assertThat(x.meanKeeping(none).sum(1).toFloatArray()).containsExactly(3, 7);
                    assertThat(x.max(none).toFloatArray()).containsExactly(1, 2, 3, 4);
                }));
    }

    /** Where a condition chose no sample. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void flattenedSamplesHaveTheirSizeAlsoIfThereAreNone(final Execution execution) {
        Computed.run(
                execution,
                c -> c.step(() -> {
                    Tensor none = c.machine().full(1, 2, 3, 4).slice(0, 0, 0).flatten();

                    assertThat(none.shape()).containsExactly(0, 12);
                    assertThat(none.matmul(c.machine().full(1, 12, 5)).toFloatArray())
                            .isEmpty();
                }));
    }

    @Test
    void changingNumbersAreNotCompiledAgainAndAgain() {
        Computed.run(Execution.COMPILED, c -> {
            Variable v = c.variable("v", new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 8);
            double sum = 0;
            List<Fetched> parts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int from = i;
                sum += from * 0.5;
                c.step(() -> parts.add(c.fetch(v.slice(0, from, from + 1).mul(0.5))));
            }
            c.finish();

            assertThat(parts.stream().mapToDouble(Fetched::number).sum()).isEqualTo(sum);
            assertThat(((CompiledComputation) c).compilations()).isEqualTo(2);
        });
    }

    @Test
    void numbersThatWereAlwaysEqualAreOneArgumentUntilTheyDiffer() {
        Computed.run(Execution.COMPILED, c -> {
            Variable v = c.variable("v", new float[] {1}, 1);
            Variable w = c.variable("w", new float[] {10}, 1);
            double[][] pairs = {{1, 1}, {2, 2}, {3, 3}, {4, 5}, {6, 6}, {7, 5}};
            List<Fetched> sums = new ArrayList<>();
            List<Boolean> haveSecond = new ArrayList<>();
            for (final double[] pair : pairs) {
                c.step(() -> sums.add(c.fetch(v.mul(pair[0]).add(w.mul(pair[1])))));
                haveSecond.add(c.code().orElseThrow().contains("c1 = "));
            }
            c.finish();

            assertThat(sums).extracting(Fetched::number).containsExactly(11f, 22f, 33f, 54f, 66f, 57f);
            assertThat(haveSecond).containsExactly(false, false, false, true, true, true);
            assertThat(((CompiledComputation) c).compilations()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aTensorOfAnotherStepIsRefused(final Execution execution) {
        Computed.run(execution, c -> {
            Tensor[] kept = new Tensor[1];
            c.step(() -> kept[0] = c.machine().full(1, 2));

            assertThatThrownBy(() -> c.step(() -> kept[0].add(1)))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("an earlier step");
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void shapesThatDoNotFitAreNamedWithTheLayer(final Execution execution) {
        Computed.run(execution, c -> assertThatThrownBy(() -> c.step(() -> {
                    c.machine().at("dense_1: Dense, 64 to 10");
                    c.machine().full(1, 2, 3).matmul(c.machine().full(1, 4, 5));
                }))
                .hasMessage("matmul at dense_1: Dense, 64 to 10: the shapes [2, 3] and [4, 5] do not fit; both need two"
                        + " axes or more, and the first one as many columns as the second has rows"));
    }

    /** Such a number is another one in each step of the loop. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void numbersWithinALoopAreRefused(final Execution execution) {
        Computed.run(execution, c -> assertThatThrownBy(() -> c.step(() -> {
                    Tensor rows = c.machine().full(1, 2, 3);
                    c.machine().scan(false, List.of(rows), List.of(rows.sum(0)), (states, elements) -> {
                        double number = states.get(0).sum().item();
                        return List.of(elements.get(0).mul(number));
                    });
                }))
                .isInstanceOf(TensorException.class)
                .hasMessage(
                        "a tensor within a loop has other numbers in each step of the loop, so nobody can look at them"
                                + " there; go on with tensors, and look at what the loop gives"));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatAFailedStepBroughtIsForgotten(final Execution execution) {
        Computed.run(execution, c -> {
            Variable v = c.variable("v", new float[] {0}, 1);
            c.step(() -> v.assignAdd(c.machine().tensor(new float[] {1}, 1)));
            assertThatThrownBy(() -> c.step(() -> {
                        c.machine().tensor(new float[] {100}, 1);
                        throw new InvalidInputException("stop");
                    }))
                    .hasMessage("stop");
            c.step(() -> v.assignAdd(c.machine().tensor(new float[] {10}, 1)));
            c.finish();

            assertThat(c.read(v)).containsExactly(11);
        });
    }

    @Test
    void whatCameBeforeAnExceptionIsDone() {
        Computed.run(Execution.COMPILED, c -> {
            Variable v = c.variable("v", new float[] {0}, 1);
            c.step(() -> v.assignAdd(c.machine().full(1, 1)));
            c.step(() -> v.assignAdd(c.machine().full(1, 1)));

            assertThatThrownBy(() -> c.step(() -> {
                        v.assignAdd(c.machine().full(1, 1));
                        throw new InvalidInputException("stop");
                    }))
                    .hasMessage("stop");
            assertThat(c.read(v)).containsExactly(2);
        });
    }

    @ParameterizedTest
    @EnumSource(OperationExample.class)
    void everyExampleGivesTheSameNumbersInBothExecutions(final OperationExample example) {
        List<float[]> compiled = numbers(Execution.COMPILED, example);
        List<float[]> eager = numbers(Execution.EAGER, example);

        assertThat(compiled).hasSize(eager.size());
        for (int i = 0; i < compiled.size(); i++) {
            assertThat(compiled.get(i)).containsExactly(eager.get(i), within(2e-5f));
        }
    }

    /** The result and its gradients by all inputs. */
    private static List<float[]> numbers(final Execution execution, final OperationExample example) {
        List<Fetched> fetched = new ArrayList<>();
        Computed.run(execution, c -> {
            c.step(() -> {
                SplittableRandom random = new SplittableRandom(7);
                List<Tensor> inputs = new ArrayList<>();
                for (final long[] shape : example.shapes()) {
                    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) example.number(random);
                    }
                    inputs.add(c.machine().tensor(values, shape));
                }
                Tensor result = example.of(c.machine(), inputs);
                fetched.add(c.fetch(result));
                try (GradientTape tape = new GradientTape()) {
                    tape.gradient(result, inputs).forEach(gradient -> fetched.add(c.fetch(gradient)));
                }
            });
            c.finish();
        });
        return fetched.stream().map(Fetched::numbers).toList();
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void noArrayStaysOpen(final Execution execution) {
        Computed.run(execution, c -> c.finish());
        int before = NativeArrays.count();
        Computed.run(execution, c -> {
            Variable v = c.variable("v", new float[] {1}, 1);
            for (int i = 0; i < 20; i++) {
                int number = i;
                c.step(() -> {
                    v.assign(v.add(number));
                    if (number % 5 == 0) {
                        v.item();
                    }
                });
            }
            c.finish();
        });

        assertThat(NativeArrays.count()).isEqualTo(before);
    }
}
