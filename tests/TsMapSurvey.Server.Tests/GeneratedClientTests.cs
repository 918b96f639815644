using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TsMapSurvey.Server.Tests;

/// <summary>Generates a client from the OpenAPI document, compiles it, and calls the server with it.</summary>
[Trait("Pace", "slow")]
public sealed class GeneratedClientTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Caller = """
        using Microsoft.Kiota.Abstractions.Authentication;
        using Microsoft.Kiota.Http.HttpClientLibrary;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Generated;
        using Generated.Models;

        public static class Caller
        {
            public static async Task<Dictionary<string, object?>> CallAsync(string address)
            {
                using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider()) { BaseUrl = address };
                var survey = new SurveyClient(adapter).Api.Surveys["small"];
                var pixel = (await survey.Pixel.WithXWithY(30, 20).GetAsync())!;
                var point = (await survey.Point.WithRaWithDec(dec: pixel.Dec, ra: pixel.Ra)
                    .GetAsync(request => request.QueryParameters.Map = "point"))!;
                var candidates = (await survey.Candidates.GetAsync(
                    request => (request.QueryParameters.MinSqrtTs, request.QueryParameters.Limit) = (3, 1)))!;
                var answer = new Dictionary<string, object?>
                {
                    ["tile"] = point.Tile, ["pixelX"] = point.PixelX, ["ts"] = point.Ts, ["revision"] = point.Revision,
                    ["computedAt"] = point.ComputedAt,
                    ["status"] = string.Join(",", point.Status!), ["candidates"] = candidates.Count,
                };
                try
                {
                    await survey.Tiles["x999y999"].GetAsync();
                }
                catch (ProblemDetails problem)
                {
                    answer["problem"] = problem.Detail;
                }

                return answer;
            }
        }
        """;

    [Fact]
    public async Task A_client_that_Kiota_generates_compiles_and_reads_a_point()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("openapi.json"), (await server.Client.GetAsync("/openapi/v1.json")).Bytes);
        Tools.NeedDotnetTool("kiota");
        var generated = Tools.Run(
            "dotnet",
            [
                "kiota", "generate", "--language", "CSharp", "--openapi", folder.File("openapi.json"),
                "--class-name", "SurveyClient", "--namespace-name", "Generated", "--output", folder.File("client"),
            ],
            environment: new Dictionary<string, string> { ["KIOTA_OFFLINE_ENABLED"] = "true", ["KIOTA_TUTORIAL_ENABLED"] = "false" });
        Assert.True(generated.ExitCode == 0, generated.Output + generated.Error);

        var assembly = Compile(
            [Caller, .. Directory.EnumerateFiles(folder.File("client"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)]);
        var call = assembly.GetType("Caller")!.GetMethod("CallAsync", BindingFlags.Public | BindingFlags.Static)!;
        var answer = await (Task<Dictionary<string, object?>>)call.Invoke(null, [server.Address.ToString().TrimEnd('/')])!;

        var point = (await server.Client.GetAsync("/api/surveys/small/pixel/30,20")).Json;
        Assert.Equal("x001y001", answer["tile"]);
        Assert.Equal(30, answer["pixelX"]);
        Assert.Equal(point.GetProperty("ts").GetDouble(), answer["ts"]);
        Assert.Equal(point.GetProperty("revision").GetInt64(), answer["revision"]);
        Assert.Equal(point.GetProperty("computedAt").GetDateTimeOffset(), answer["computedAt"]);
        Assert.Contains("converged", (string)answer["status"]!, StringComparison.Ordinal);
        Assert.Equal(1, answer["candidates"]);
        Assert.Contains("x999y999", (string)answer["problem"]!, StringComparison.Ordinal);
    }

    private static Assembly Compile(IEnumerable<string> sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest,
            preprocessorSymbols: ["NETCOREAPP3_1_OR_GREATER", "NET5_0_OR_GREATER", "NET8_0_OR_GREATER", "NET10_0_OR_GREATER"]);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Generated", sources.Select(source => CSharpSyntaxTree.ParseText(source, options)), references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var binary = new MemoryStream();
        var result = compilation.Emit(binary);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(20)));
        binary.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(binary);
    }
}
