using BenchmarkDotNet.Running;
using TsMapSurvey.Benchmarks.Ingestion;
using TsMapSurvey.Benchmarks.Kernels;
using TsMapSurvey.Benchmarks.Load;
using TsMapSurvey.Benchmarks.Peer;
using TsMapSurvey.Benchmarks.Roofline;

switch (args)
{
    case ["cases"]:
        foreach (var one in PeerCase.All) Console.WriteLine(one.ForShell());
        return 0;
    case ["estimator", var name, var repeats, var threads]:
        EstimatorTimes.Print(PeerCase.Named(name), int.Parse(repeats), int.Parse(threads));
        return 0;
    case ["incremental"]:
        IncrementalTimes.Print();
        return 0;
    case ["ingest"]:
        IngestPhases.Print();
        return 0;
    case ["reduce"]:
        ReduceTimes.Print();
        return 0;
    case ["ingest-alone", var threads]:
        IngestAlone.Print(int.Parse(threads));
        return 0;
    case ["ingest", var tsmap, var work, var count]:
        await new IngestRun(tsmap, work, int.Parse(count)).PrintAsync();
        return 0;
    case ["load", "header"]:
        Console.WriteLine(LoadRun.Header);
        return 0;
    case ["load", var tsmap, var work, var redis, var silos, var observations, var tiles, var rate]:
        Console.WriteLine(await new LoadRun(tsmap, work, redis.Length > 0
            ? redis : null, int.Parse(silos), int.Parse(observations), int.Parse(tiles), double.Parse(rate)).RowAsync());
        return 0;
    case ["roofline", var name]:
        FitLoop.Print(name);
        return 0;
    case ["kernels", .. var rest]:
        BenchmarkSwitcher.FromTypes([typeof(LikelihoodBenchmarks<>), typeof(EstimatorBenchmarks)]).Run(rest);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: TsMapSurvey.Benchmarks estimator CASE REPEATS THREADS   seconds of the estimator: first run, median of the others
                   TsMapSurvey.Benchmarks roofline CASE                    the fit loop against the least that its arithmetic takes
                   TsMapSurvey.Benchmarks incremental                      an update of one block of sixteen against the whole map
                   TsMapSurvey.Benchmarks ingest                           what an observation costs on its way into its tiles' stacks
                   TsMapSurvey.Benchmarks ingest TSMAP.DLL FOLDER COUNT    how fast so many of them go in,
                                                                           and how late a map is (tests/peer/ingest.sh)
                   TsMapSurvey.Benchmarks reduce                           from an event file (DL3) to a stacked image (
                       tests/peer/reduce.sh)
                   TsMapSurvey.Benchmarks ingest-alone THREADS             the least that comes before the maps of one more are there
                   TsMapSurvey.Benchmarks load TSMAP.DLL FOLDER REDIS SILOS OBSERVATIONS TILES RATE   one row of the scale table (
                       infra/load/run.sh)
                   TsMapSurvey.Benchmarks kernels [BenchmarkDotNet options, such as --filter '*']
                   TsMapSurvey.Benchmarks cases                            what tests/peer/run.sh goes through
            """);
        return 2;
}
