import Lockfiles
import Testing

@Suite("Manifests of lines and XML")
struct LineManifestTests {
  @Test("a module's requirements are what go.mod requires")
  func goMod() throws {
    let file = try ReadFile(
      "go-mod", "module m\n\nrequire (\n\ta.example/x v1.0.0\n\ta.example/y v0.1.0 // indirect\n)\n"
    )
    #expect(file.requirements == ["a.example/x v1.0.0", "a.example/y v0.1.0"])
  }

  @Test("setup.cfg asks for what its options say")
  func setup() throws {
    let file = try ReadFile(
      "setup-cfg",
      """
      [metadata]
      name = app
      [options]
      install_requires =
          requests>=2
          typing_extensions; python_version < "3.9"
      setup_requires = wheel
      [options.extras_require]
      dev = pytest ~= 7
      """)
    #expect(
      file.requirements == [
        "requests >=2", "typing_extensions ; python_version < \"3.9\"", "wheel  build",
        "pytest ~= 7 optional",
      ])
  }

  @Test("a POM asks for dependencies, its parent, plug-ins and extensions")
  func maven() throws {
    let file = try ReadFile(
      "maven-pom",
      """
      <project>
        <parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version></parent>
        <dependencies>
          <dependency>
            <groupId> g </groupId><artifactId>a</artifactId><version>2</version><scope>test</scope>
          </dependency>
          <dependency><groupId>g</groupId><artifactId>b</artifactId></dependency>
        </dependencies>
        <dependencyManagement><dependencies><dependency>
          <groupId>g</groupId><artifactId>c</artifactId><version>3</version>
        </dependency></dependencies></dependencyManagement>
        <build>
          <plugins><plugin><artifactId>p</artifactId><version>4</version></plugin></plugins>
          <extensions><extension><groupId>g</groupId><artifactId>e</artifactId></extension></extensions>
        </build>
        <profiles><profile><id>ci</id><dependencies><dependency>
          <groupId>g</groupId><artifactId>d</artifactId><version>5</version>
        </dependency></dependencies></profile></profiles>
      </project>
      """)
    #expect(
      file.requirements == [
        "g:a 2 test", "g:b ", "g:c 3", "g:parent 1 build", "p 4 build", "g:e  build", "g:d 5 in ci",
      ])
  }

  @Test("a project of .NET asks for package references, and packages.config pins")
  func nuget() throws {
    let file = try ReadFile(
      "msbuild-project",
      """
      \u{feff}<Project Sdk="Sdk.Example">
        <ItemGroup>
          <PackageReference Include="A" Version="1.0" />
          <PackageReference Include="B"><Version>2.0</Version></PackageReference>
          <PackageVersion Update="C" Version="[3,4)" />
        </ItemGroup>
      </Project>
      """)
    #expect(file.requirements == ["A 1.0", "B 2.0", "C [3,4)"])
    let packages = try ReadFile(
      "packages-config",
      "<packages><package id='A' version='1.0' targetFramework='net48'/><package id='B' version='2' developmentDependency='true'/></packages>"
    )
    #expect(
      packages.entries == ["A net48: A 1.0 registry direct", "B: B 2 registry development direct"])
  }

  @Test("a tool's versions are what it asks for")
  func tools() throws {
    #expect(
      try ReadFile("tool-versions", "# c\nnodejs 20.1.0\npython 3.12 3.11\n").requirements
        == ["nodejs 20.1.0", "python 3.12 3.11"])
  }
}
