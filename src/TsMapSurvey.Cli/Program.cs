using System.CommandLine;
using TsMapSurvey.Cli.Commands;
using TsMapSurvey.Cli.Terminal;

var root = new RootCommand(
    "TsMapSurvey keeps the test-statistic map of a gamma-ray survey up to date while observations stream in, "
    + "and computes such maps from MapDataset files on a laptop.")
{
    DemoCommand.Create(),
    ComputeCommand.Create(),
    FluxPointsCommand.Create(),
    StackCommand.Create(),
    ReduceCommand.Create(),
    SimulateCommand.Create(),
    ServeCommand.Create(),
    PutCommand.Create(),
    StatusCommand.Create(),
    TilesCommand.Create(),
    CandidatesCommand.Create(),
    PointsCommand.Create(),
    ObservationsCommand.Create(),
    ObservationCommand.Retract(),
    ObservationCommand.Retry(),
    VerifyCommand.Create(),
    MosaicCommand.Create(),
    CoverageCommand.Create(),
    SeamsCommand.Create(),
    InfoCommand.Create(),
    PlotCommand.Create(),
};
return await Invocation.RunAsync(root, args);
