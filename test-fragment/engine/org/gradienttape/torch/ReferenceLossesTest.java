package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The losses of the first 20 steps on the real MNIST digits, batches of 64 in file order, against those that an
 * independent implementation computed: PyTorch 1.13 in double precision, with Keras' optimizer rules written out.
 * Weights come from a formula, so that both sides start alike.
 */
class ReferenceLossesTest {
    private static final int STEPS = 20;
    private static final int BATCH = 64;
    private static final Network CLASSIFIER = Network.of(
            Shape.of(784),
            List.of(
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.Dense(10, Activation.NONE)));
    /** With the guide's penalty, a sum that is not divided by the number of samples. */
    private static final Network REGULARIZED = Network.of(
            Shape.of(784),
            List.of(
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.ActivityRegularization(0.01 * BATCH, 0),
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.Dense(10, Activation.NONE)));

    @TempDir
    private Path folder;

    /** Row "mlp pixels as stored, sgd 1e-3". */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void pixelsAsStored(final Execution execution) throws IOException {
        final TrainingLog log = train(execution, CLASSIFIER, Scaling.AS_STORED, new OptimizerConfig.Sgd(1e-3));

        assertLosses(
                log,
                1e-4,
                83.06920127888186,
                49.49717733432418,
                42.345495224696386,
                27.90918193176176,
                17.81189032865197,
                15.455064966128178,
                9.694595681180994,
                10.819491595957189,
                11.030613227631012,
                11.093328517308397,
                9.647297760217343,
                7.630673246385092,
                7.291704435352349,
                10.116497111510213,
                8.312380644132,
                4.872996749924664,
                8.830537527684529,
                13.031347576216001,
                5.262480415872443,
                4.840712314266975);
        assertThat(log.epochs().get(0).metrics()).containsExactly(0.45703125);
    }

    /** Row "mlp sgd 0.01". */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void sgd(final Execution execution) throws IOException {
        final TrainingLog log = train(execution, CLASSIFIER, Scaling.DIVIDE_BY_255, new OptimizerConfig.Sgd(0.01));

        assertLosses(
                log,
                1e-5,
                2.3232587004215977,
                2.2531763857921465,
                2.345317334738617,
                2.2825915920212925,
                2.332609114475443,
                2.3052879482606943,
                2.3159055002097095,
                2.2638117407224616,
                2.274766016234794,
                2.301857359804153,
                2.2744511282296482,
                2.2251829349083616,
                2.22868150008872,
                2.252127440132953,
                2.261275342982344,
                2.255635088736617,
                2.283809969708432,
                2.2738241456552712,
                2.272198347443578,
                2.229832213995173);
        assertThat(log.epochs().get(0).metrics()).containsExactly(0.11796875);
    }

    /** Row "mlp sgd 0.01 momentum 0.9". */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void momentum(final Execution execution) throws IOException {
        final TrainingLog log =
                train(execution, CLASSIFIER, Scaling.DIVIDE_BY_255, new OptimizerConfig.Sgd(0.01, 0.9, false));

        assertLosses(
                log,
                1e-5,
                2.3232587004215977,
                2.2531763857921465,
                2.342058217297362,
                2.2681246445704946,
                2.3104070077193932,
                2.262363514230655,
                2.2549587610929316,
                2.196142033290403,
                2.202083856007539,
                2.2163339119005996,
                2.1428938125908865,
                2.0966959228234545,
                2.0533804859985607,
                2.091221823442004,
                2.0866314509031687,
                2.064190034737455,
                2.053184439271736,
                2.0808992339606855,
                1.9413344008594553,
                1.9505644602486112);
        assertThat(log.epochs().get(0).metrics()).containsExactly(0.26328125);
    }

    /** Row "mlp sgd 0.01 momentum 0.9 nesterov". */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void nesterov(final Execution execution) throws IOException {
        final TrainingLog log =
                train(execution, CLASSIFIER, Scaling.DIVIDE_BY_255, new OptimizerConfig.Sgd(0.01, 0.9, true));

        assertLosses(
                log,
                1e-5,
                2.3232587004215977,
                2.247363248294787,
                2.3359295063351713,
                2.2565707531047607,
                2.296944723889401,
                2.243234943161227,
                2.2351264242279267,
                2.178004664238658,
                2.1850978858393675,
                2.202888320879705,
                2.121141677394094,
                2.0771390506747682,
                2.0290181420655675,
                2.0673157257928,
                2.060141276916616,
                2.0352921997824507,
                2.0289524093974607,
                2.058792693182683,
                1.9024636286559995,
                1.9169464787965018);
        assertThat(log.epochs().get(0).metrics()).containsExactly(0.27734375);
    }

    /** Row "mlp adam 1e-3". */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void adam(final Execution execution) throws IOException {
        final TrainingLog log = train(execution, CLASSIFIER, Scaling.DIVIDE_BY_255, new OptimizerConfig.Adam(1e-3));

        assertLosses(
                log,
                1e-5,
                2.3232587004215977,
                2.194399356285328,
                2.2733770946781244,
                2.1470373789751864,
                2.179103786135678,
                2.0933636649169114,
                2.062493414352557,
                2.0174516741087585,
                2.0113581409014616,
                2.0666291329125532,
                1.8988507702427864,
                1.8808949943671147,
                1.7947025898939721,
                1.809373709775876,
                1.8367414304586185,
                1.760229044164434,
                1.7685295585089023,
                1.802266830839183,
                1.5721067504839592,
                1.6250413712169671);
        assertThat(log.epochs().get(0).metrics()).containsExactly(0.41484375);
    }

    /** Row "mlp adamw 1e-3 weight decay 0.004". */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void adamW(final Execution execution) throws IOException {
        final TrainingLog log = train(execution, CLASSIFIER, Scaling.DIVIDE_BY_255, new OptimizerConfig.AdamW(1e-3));

        assertLosses(
                log,
                1e-5,
                2.3232587004215977,
                2.194400136192954,
                2.273376890047194,
                2.1470408446325373,
                2.1791069648285455,
                2.0933718250179068,
                2.0625046281580075,
                2.0174679604615,
                2.0113773521403187,
                2.0666455238517547,
                1.898881550268528,
                1.8809309090947852,
                1.7947502438378464,
                1.8094214736308878,
                1.8367899910631222,
                1.7602898940348997,
                1.7685881234430652,
                1.802323406238337,
                1.5721951588315761,
                1.6251276783515118);
        assertThat(log.epochs().get(0).metrics()).containsExactly(0.41484375);
    }

    /** Row "mlp rmsprop 1e-3". */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void rmsProp(final Execution execution) throws IOException {
        final TrainingLog log = train(execution, CLASSIFIER, Scaling.DIVIDE_BY_255, new OptimizerConfig.RmsProp(1e-3));

        assertLosses(
                log,
                1e-5,
                2.3232587004215977,
                2.0947965951189476,
                2.138327980102579,
                1.9741675522341169,
                1.9716862798633847,
                1.7708091260346532,
                1.7512459406299905,
                1.7498739683299827,
                1.6829455086793224,
                1.8168004794958983,
                1.556042091523021,
                1.5302549154585448,
                1.3451522998366823,
                1.4048187062114377,
                1.400971065805216,
                1.2759430417524817,
                1.4399065854620567,
                1.4481512809612165,
                1.0765575768371132,
                1.155942644071336);
        assertThat(log.epochs().get(0).metrics()).containsExactly(0.5515625);
    }

    /** Row "mlp adagrad 1e-3". */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void adagrad(final Execution execution) throws IOException {
        final TrainingLog log = train(execution, CLASSIFIER, Scaling.DIVIDE_BY_255, new OptimizerConfig.Adagrad(1e-3));

        assertLosses(
                log,
                1e-5,
                2.3232587004215977,
                2.25760711748824,
                2.35039495894648,
                2.2931721673374477,
                2.3452136356092157,
                2.3248349075391017,
                2.3376651736162932,
                2.286951058246709,
                2.2968058755398992,
                2.3249461291882962,
                2.3068557264928327,
                2.258775413275469,
                2.271090200160677,
                2.2906204477847263,
                2.302526218611653,
                2.2957243747187768,
                2.325747847378128,
                2.309202434079904,
                2.331371832625343,
                2.283451502582593);
        assertThat(log.epochs().get(0).metrics()).containsExactly(0.0875);
    }

    /** Row "mlp sgd 1e-3 with activity regularization 0.01 x sum after the first hidden layer". */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void activityRegularization(final Execution execution) throws IOException {
        final TrainingLog log = train(execution, REGULARIZED, Scaling.DIVIDE_BY_255, new OptimizerConfig.Sgd(1e-3));

        assertLosses(
                log,
                1e-5,
                8.684227414620977,
                8.502452422758221,
                8.257182295601815,
                8.294545863646794,
                7.673765631679359,
                7.19526586630281,
                7.3159966207682565,
                6.823562289852601,
                6.842022429931191,
                6.391334389985939,
                6.455715719310556,
                6.152600401807961,
                6.329122846265859,
                6.104224800697876,
                5.680390505638341,
                5.517832218214728,
                5.645145551005029,
                5.302076214662097,
                5.160255996233207,
                5.032658937915572);
        assertThat(log.epochs().get(0).metrics()).containsExactly(0.0890625);
    }

    private TrainingLog train(
            final Execution execution, final Network network, final Scaling scaling, final OptimizerConfig optimizer)
            throws IOException {
        final Model model = new Model(network, Hashed.weights(network), Provenance.of("test"));
        final TrainingConfig config = new TrainingConfig(1, BATCH, 1, 0, 1);
        return Training.run(
                        TestData.by(
                                execution,
                                TestData.job(model, TestData.mnist(folder, scaling, STEPS * BATCH), optimizer, config)),
                        TestData.PATIENT)
                .log();
    }

    /**
     * @param tolerance float32 starts from rounded weights, which pixels up to 255 amplify
     */
    private static void assertLosses(final TrainingLog log, final double tolerance, final double... expected) {
        assertThat(log.steps()).hasSize(expected.length);
        for (int step = 0; step < expected.length; step++) {
            Reference.assertMet("loss, step " + step, log.steps().get(step).loss(), expected[step], tolerance);
        }
    }
}
